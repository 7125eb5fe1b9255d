package io.github.ctigateway.examples.cli;

/** The command line of cti-gateway. */
public final class Main {
    private Main() {}

    /**
     * Runs one command.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.out.println("cti-gateway");
    }
}
