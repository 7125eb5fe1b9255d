package io.github.ctigateway.esl.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which contract case passed on which server, in all modules of a build: each JVM adds its own to the files in the directory that the
 * system property {@code contract.results} names, which the build gives a new one for each run. Thread-safe.
 */
final class ContractResults implements AutoCloseable {
    static final String NOT_RUN = "not run";
    private static final String FAILED = "failed";
    private static final String SUFFIX = ".tsv";

    private final Path directory;
    private final Map<String, Map<String, String>> byServer = new TreeMap<>();

    /** With what was found by earlier modules of the same run. */
    ContractResults() {
        this(Path.of(System.getProperty("contract.results", "target/contract/results")));
    }

    ContractResults(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(SUFFIX)).toList()) {
                    read(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\t", 3);
            byServer.computeIfAbsent(cells[0], server -> new TreeMap<>()).put(cells[1], cells[2]);
        }
    }

    /** A case that failed once has failed. */
    synchronized void put(String server, String name, String result) {
        byServer.computeIfAbsent(server, key -> new TreeMap<>())
                .merge(name, result, (before, now) -> before.equals(FAILED) ? FAILED : now);
    }

    synchronized void save() {
        byServer.forEach((server, column) -> {
            StringBuilder out = new StringBuilder();
            column.forEach((name, result) -> out.append(server)
                    .append('\t')
                    .append(name)
                    .append('\t')
                    .append(result)
                    .append('\n'));
            try {
                Files.writeString(
                        directory.resolve(server.replaceAll("[^A-Za-z0-9.]+", "-") + SUFFIX),
                        out,
                        StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Prints the table, in the end. */
    @Override
    public void close() {
        System.out.println(table());
    }

    /** A row for each case, a column for each server, and a line when no real server was among them. */
    synchronized String table() {
        Set<String> cases = new TreeSet<>();
        byServer.values().forEach(column -> cases.addAll(column.keySet()));
        StringBuilder out = new StringBuilder("\n| contract case |");
        byServer.keySet().forEach(server -> out.append(' ').append(server).append(" |"));
        out.append("\n|---|").append("---|".repeat(byServer.size())).append('\n');
        for (String name : cases) {
            out.append("| ").append(name).append(" |");
            byServer.values()
                    .forEach(column -> out.append(' ')
                            .append(column.getOrDefault(name, NOT_RUN))
                            .append(" |"));
            out.append('\n');
        }
        if (byServer.keySet().stream().noneMatch(server -> server.startsWith("FreeSWITCH"))) {
            out.append("On a real FreeSWITCH: not run (none was named).\n");
        }
        return out.toString();
    }
}
