package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractResultsTest {
    @TempDir
    Path directory;

    @Test
    void tableHoldsTheCasesOfEveryModuleAndServer() {
        ContractResults first = new ContractResults(directory);
        first.put("simulator", "Life: a", "passed");
        first.put("FreeSWITCH 1.11", "Life: a", "failed");
        first.save();
        ContractResults second = new ContractResults(directory);
        second.put("simulator", "EndToEnd: b", "passed");
        second.save();

        assertThat(new ContractResults(directory).table()).isEqualTo("""

                | contract case | FreeSWITCH 1.11 | simulator |
                |---|---|---|
                | EndToEnd: b | not run | passed |
                | Life: a | failed | passed |
                """);
    }

    @Test
    void caseThatFailedOnceHasFailed() {
        ContractResults results = new ContractResults(directory);
        results.put("simulator", "Life: a", "failed");
        results.put("simulator", "Life: a", "passed");

        assertThat(results.table()).contains("| Life: a | failed |");
    }

    @Test
    void withoutARealServerItsHalfIsSaidNotToHaveRun() {
        ContractResults results = new ContractResults(directory);
        results.put("simulator", "Life: a", "passed");

        assertThat(results.table()).endsWith("On a real FreeSWITCH: not run (none was named).\n");
    }
}
