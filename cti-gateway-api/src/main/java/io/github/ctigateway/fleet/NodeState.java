package io.github.ctigateway.fleet;

/** What a fleet does with a node. */
public enum NodeState {
    /** The node cannot be reached, or is not as it must be; it is tried again. */
    DOWN,
    /** The node can be reached, and another process works on it. */
    STANDBY,
    /** This process keeps the node as the store says. */
    WORKING
}
