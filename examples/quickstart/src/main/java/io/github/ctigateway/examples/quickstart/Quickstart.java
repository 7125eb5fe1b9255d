package io.github.ctigateway.examples.quickstart;

/** The whole way of a gateway, from its definition to its status, in one run. */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the quickstart.
     *
     * @param args ignored
     */
    public static void main(String[] args) {
        System.out.println("cti-gateway quickstart");
    }
}
