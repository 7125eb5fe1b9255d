package io.github.ctigateway.esl.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes which contract case passed on which server to {@code target/contract}, and prints the table of all servers so far. */
final class ContractTable implements TestWatcher, AfterAllCallback {
    private static final Path DIRECTORY = Path.of("target", "contract");

    private final Map<String, String> results = new TreeMap<>();

    private void put(ExtensionContext context, String result) {
        Class<?> cases = context.getRequiredTestClass();
        String group = cases.getSuperclass().getSimpleName().replace("Contract", "")
                + (cases.getSimpleName().contains("XmlCurl") ? " over mod_xml_curl" : "");
        String name = group + ": " + context.getRequiredTestMethod().getName();
        if (!"failed".equals(results.get(name))) {
            results.put(name, result);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        put(context, "passed");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        put(context, "failed");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        put(context, "not run");
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        put(context, "not run");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            if (context.getTestInstance().orElse(null) instanceof ContractCases cases) {
                add(cases.serverDescription());
            }
            if (!context.getRequiredTestClass().isMemberClass()) {
                System.out.println(table());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String server) throws IOException {
        Files.createDirectories(DIRECTORY);
        Path file = DIRECTORY.resolve(server.replaceAll("[^A-Za-z0-9.]+", "-") + ".tsv");
        if (Files.exists(file)) {
            column(file).forEach(results::putIfAbsent);
        }
        StringBuilder out = new StringBuilder(server).append('\n');
        results.forEach(
                (name, result) -> out.append(name).append('\t').append(result).append('\n'));
        Files.writeString(file, out);
    }

    private static Map<String, String> column(Path file) throws IOException {
        Map<String, String> column = new TreeMap<>();
        Files.readAllLines(file).stream().skip(1).forEach(line -> {
            int tab = line.indexOf('\t');
            column.put(line.substring(0, tab), line.substring(tab + 1));
        });
        return column;
    }

    private static String table() throws IOException {
        Map<String, Map<String, String>> byServer = new TreeMap<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                byServer.put(Files.readAllLines(file).get(0), column(file));
            }
        }
        Set<String> cases = new TreeSet<>();
        byServer.values().forEach(column -> cases.addAll(column.keySet()));
        StringBuilder out = new StringBuilder("\n| contract case |");
        byServer.keySet().forEach(server -> out.append(' ').append(server).append(" |"));
        out.append("\n|---|").append("---|".repeat(byServer.size())).append('\n');
        for (String name : cases) {
            out.append("| ").append(name).append(" |");
            byServer.values()
                    .forEach(column -> out.append(' ')
                            .append(column.getOrDefault(name, "not run"))
                            .append(" |"));
            out.append('\n');
        }
        if (byServer.keySet().stream().noneMatch(server -> server.startsWith("FreeSWITCH"))) {
            out.append("On a real FreeSWITCH: not run (none was named).\n");
        }
        return out.toString();
    }
}
