package io.github.ctigateway.esl.internal;

/** The {@code Content-Type} of a frame, and whether such a frame must say how long its body is. */
public enum FrameType {
    AUTH_REQUEST("auth/request", false),
    COMMAND_REPLY("command/reply", false),
    API_RESPONSE("api/response", true),
    EVENT_PLAIN("text/event-plain", true),
    EVENT_JSON("text/event-json", true),
    EVENT_XML("text/event-xml", true),
    DISCONNECT_NOTICE("text/disconnect-notice", false),
    RUDE_REJECTION("text/rude-rejection", false),
    LOG_DATA("log/data", true),
    OTHER("", false);

    // values() copies; this is asked for every frame.
    private static final FrameType[] TYPES = values();

    private final String text;
    private final boolean needsLength;

    FrameType(String text, boolean needsLength) {
        this.text = text;
        this.needsLength = needsLength;
    }

    boolean needsLength() {
        return needsLength;
    }

    /** Whether it answers a command. */
    public boolean isReply() {
        return this == COMMAND_REPLY || this == API_RESPONSE;
    }

    /** Whether it is an event. */
    public boolean isEvent() {
        return this == EVENT_PLAIN || this == EVENT_JSON || this == EVENT_XML;
    }

    static FrameType of(byte[] bytes, int from, int to) {
        for (FrameType type : TYPES) {
            if (type != OTHER && Ascii.equalsIgnoreCase(type.text, bytes, from, to)) {
                return type;
            }
        }
        return OTHER;
    }
}
