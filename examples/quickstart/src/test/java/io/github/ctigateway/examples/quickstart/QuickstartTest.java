package io.github.ctigateway.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    @Test
    void tellsTheWholeStoryAndLeavesNothingBehind() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        String text = bytes.toString(StandardCharsets.UTF_8);
        List<String> chapters = List.of(text.split("\n\n(?=[1-6]\\. )"));
        assertThat(chapters).as(text).hasSize(7);
        assertThat(chapters.get(1)).contains("180.76.224.191:35560", "password=***");
        assertThat(chapters.get(2))
                .contains("+ mytrunk  CREATE", "+ refused  CREATE", "+ by-address  CREATE", "3 create");
        assertThat(chapters.get(3))
                .contains("publish", "read back", "registration")
                .contains("mytrunk  Applied[REGED in")
                .contains("by-address  Applied[does not register]")
                .contains("refused  RegistrationFailed[403 Forbidden]");
        assertThat(chapters.get(4))
                .containsPattern("mytrunk +REGED +UP")
                .containsPattern("by-address +NOREG")
                .containsPattern("refused +FAIL\\w* +DOWN +403 Forbidden");
        assertThat(chapters.get(5))
                .contains("~ mytrunk  REPLACE: the definition changed [drops a registration]", "param.password changed")
                .contains("= by-address  KEEP", "= refused  KEEP", "1 replace, 2 keep");
        assertThat(chapters.get(6))
                .contains("mytrunk  Applied[REGED in", "by-address  Unchanged", "refused  Unchanged")
                .containsPattern("mytrunk +1 +[1-9][0-9]* +2\\b")
                .containsPattern("by-address +0 +0 +0\\b")
                .containsPattern("refused +0 +0 +1\\b");
        assertThat(text).doesNotContain("mytrunk@ddt", "a-new-secret", "not-the-right-one");
        assertThat(directoryIn(text)).doesNotExist();
    }

    private static Path directoryIn(String text) {
        Matcher matcher = Pattern.compile("and reads (.+)\\.").matcher(text);
        assertThat(matcher.find()).isTrue();
        Path directory = Path.of(matcher.group(1));
        assertThat(Files.exists(directory.getParent())).isTrue();
        return directory;
    }
}
