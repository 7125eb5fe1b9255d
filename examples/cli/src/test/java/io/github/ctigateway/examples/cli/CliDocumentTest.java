package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/cli.md says of {@code --json} is all that there is, and there is all that it says. That each type has the members it has there
 * is seen by {@link Cli}, in whatever any test makes a command print.
 */
class CliDocumentTest {
    private static final Path SOURCES = Path.of("src/main/java");

    private final CliDocument document = CliDocument.read();

    @Test
    void namesEveryTypeThatTheCommandsPrintAndNoOther() throws IOException {
        assertThat(document.members().keySet()).isEqualTo(inSources("JsonLine\\s*\\.of\\(\\s*\"(\\w+)\""));
    }

    @Test
    void namesEveryMemberThatTheCommandsPrintAndNoOther() throws IOException {
        Set<String> named = document.members().values().stream()
                .flatMap(Set::stream)
                .map(member -> member.substring(member.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(inSources("\\.with\\(\\s*\"(\\w+)\""));
    }

    @Test
    void aMemberThatItDoesNotNameIsFoundAlsoInsideAnother() throws IOException {
        var item = new ObjectMapper()
                .readTree(
                        "{\"type\":\"item\",\"gateway\":\"a\",\"new\":1,\"differences\":[{\"field\":\"x\",\"other\":1}],"
                                + "\"findings\":[{\"type\":\"finding\",\"code\":\"c\",\"more\":2}]}");

        assertThat(document.unnamed(item)).containsExactly("finding.more", "item.differences.other", "item.new");
    }

    @Test
    void theCommandsItTellsOfAreAllThereAre() throws IOException {
        String text = Files.readString(Path.of("../../docs/cli.md"));
        Set<String> commands = Main.commandLine(Cli.terminal()).getSubcommands().keySet();

        assertThat(commands).allSatisfy(command -> assertThat(text).contains("\n| `" + command + "` | "));
    }

    @Test
    void theKindsOfFailuresItTellsOfAreAllThereAre() throws IOException {
        String failure = Files.readString(Path.of("../../docs/cli.md"))
                .replaceFirst("(?s).*?### `failure`", "")
                .replaceFirst("(?s)\\n## .*", "");
        List<String> kinds = Pattern.compile("(?m)^- `(\\w+)`: ")
                .matcher(failure)
                .results()
                .map(kind -> kind.group(1))
                .toList();

        assertThat(kinds)
                .isEqualTo(Stream.of(FailureKind.values()).map(Enum::name).toList());
    }

    private static Set<String> inSources(String pattern) throws IOException {
        Pattern literal = Pattern.compile(pattern);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = literal.matcher(Files.readString(file));
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
        }
        found.remove("type");
        return found;
    }
}
