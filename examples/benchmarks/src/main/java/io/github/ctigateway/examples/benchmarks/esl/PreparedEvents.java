package io.github.ctigateway.examples.benchmarks.esl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Frames for a {@link BlastServer}, numbered from 0 by their {@code Event-Sequence}.
 *
 * @param bytes the frames
 * @param count how many there are
 * @param bodyBytes the size of one frame's body, on average
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once
record PreparedEvents(byte[] bytes, int count, int bodyBytes) {
    private static final String COMMON = """
            Core-UUID: 268a54ca-3e34-420e-a9cc-002beef4ba33
            FreeSWITCH-Hostname: vm
            FreeSWITCH-Switchname: vm
            FreeSWITCH-IPv4: 192.0.2.2
            FreeSWITCH-IPv6: fd00%3A%3A2
            Event-Date-Local: 2026-11-22%2021%3A44%3A56
            Event-Date-GMT: Sun,%2022%20Nov%202026%2021%3A44%3A56%20GMT
            Event-Date-Timestamp: 1795383896486766
            Event-Calling-File: switch_channel.c
            Event-Calling-Function: switch_channel_perform_set_running_state
            Event-Calling-Line-Number: 2345
            """;

    /** As a channel's events are in practice: about 5,000 bytes of headers. */
    static PreparedEvents plain(int count) {
        return prepare(count, "plain", PreparedEvents::plainBody);
    }

    /** As mod_sofia's gateway events are: about 600 bytes. */
    static PreparedEvents json(int count) {
        return prepare(count, "json", PreparedEvents::jsonBody);
    }

    private interface Body {
        String of(int number);
    }

    private static PreparedEvents prepare(int count, String format, Body body) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        long total = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = body.of(i).getBytes(StandardCharsets.UTF_8);
            total += bytes.length;
            String head = "Content-Length: " + bytes.length + "\nContent-Type: text/event-" + format + "\n\n";
            frames.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(bytes);
        }
        return new PreparedEvents(frames.toByteArray(), count, (int) (total / count));
    }

    private static String plainBody(int number) {
        StringBuilder body = new StringBuilder("Event-Name: CHANNEL_STATE\n").append(COMMON);
        body.append("Event-Sequence: ").append(number).append('\n');
        for (int i = 0; body.length() < 4_960; i++) {
            body.append("variable_rtp_use_codec_string_")
                    .append(i)
                    .append(": PCMU%2CPCMA%2CG722%2C")
                    .append(i)
                    .append('\n');
        }
        return body.append('\n').toString();
    }

    private static String jsonBody(int number) {
        return "{\"Event-Subclass\":\"sofia::gateway_state\",\"Event-Name\":\"CUSTOM\","
                + "\"Core-UUID\":\"268a54ca-3e34-420e-a9cc-002beef4ba33\",\"FreeSWITCH-Hostname\":\"vm\","
                + "\"FreeSWITCH-Switchname\":\"vm\",\"FreeSWITCH-IPv4\":\"192.0.2.2\",\"FreeSWITCH-IPv6\":\"fd00::2\","
                + "\"Event-Date-Local\":\"2026-11-22 21:45:24\",\"Event-Date-GMT\":\"Sun, 22 Nov 2026 21:45:24 GMT\","
                + "\"Event-Date-Timestamp\":\"1795383924946709\",\"Event-Calling-File\":\"sofia_reg.c\","
                + "\"Event-Calling-Function\":\"sofia_reg_fire_custom_gateway_state_event\","
                + "\"Event-Calling-Line-Number\":\"156\",\"Event-Sequence\":\"" + number
                + "\",\"Gateway\":\"trunk\",\"State\":\"REGED\",\"Ping-Status\":\"UP\"}";
    }
}
