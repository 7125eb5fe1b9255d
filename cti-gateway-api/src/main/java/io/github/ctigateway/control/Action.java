package io.github.ctigateway.control;

/** What a {@link Plan} says about one gateway. */
public enum Action {
    /** Wanted and not live: it will be started. */
    CREATE('+'),
    /** Live with another definition: it will be killed and, once gone, started anew. */
    REPLACE('~'),
    /** Live, ours, and no longer wanted: it will be killed. */
    REMOVE('-'),
    /** Live exactly as wanted: nothing is sent for it. */
    KEEP('='),
    /** Live and not ours, and its definition is known: it will be stored, and nothing is sent for it. */
    ADOPT('<'),
    /** Stored but switched off, or for other nodes, and not live: nothing is sent for it. */
    OFF('o'),
    /** Live and not ours: nothing is sent for it. */
    UNMANAGED('?'),
    /** The store's entry cannot be read or would be skipped by FreeSWITCH: whatever is live under its name stays as it is. */
    INVALID('!'),
    /** The name lives on another profile (names are global to the switch), or somebody else defines it too: nothing is sent for it. */
    CLASH('!');

    private final char sign;

    Action(char sign) {
        this.sign = sign;
    }

    /** One character for a diff. */
    public char sign() {
        return sign;
    }

    /** Whether applying it changes the switch or the store. */
    public boolean isChange() {
        return this == CREATE || this == ADOPT || kills();
    }

    /** Whether applying it takes a live gateway down. */
    public boolean kills() {
        return this == REPLACE || this == REMOVE;
    }
}
