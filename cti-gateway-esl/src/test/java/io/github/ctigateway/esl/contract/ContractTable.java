package io.github.ctigateway.esl.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        String name = context.getRequiredTestMethod().getName();
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
        String server = context.getTestInstance()
                .filter(FreeSwitchContract.class::isInstance)
                .map(test -> ((FreeSwitchContract) test).serverDescription())
                .orElse("unknown");
        try {
            Files.createDirectories(DIRECTORY);
            StringBuilder out = new StringBuilder(server).append('\n');
            results.forEach((name, result) ->
                    out.append(name).append('\t').append(result).append('\n'));
            Files.writeString(DIRECTORY.resolve(server.replaceAll("[^A-Za-z0-9.]+", "-") + ".tsv"), out);
            System.out.println(table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table() throws IOException {
        Map<String, Map<String, String>> byServer = new TreeMap<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                Map<String, String> column = new TreeMap<>();
                lines.stream().skip(1).forEach(line -> {
                    int tab = line.indexOf('\t');
                    column.put(line.substring(0, tab), line.substring(tab + 1));
                });
                byServer.put(lines.get(0), column);
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
        return out.toString();
    }
}
