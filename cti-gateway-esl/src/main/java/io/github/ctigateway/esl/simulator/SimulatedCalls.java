package io.github.ctigateway.esl.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/** The channels of the simulated switch: no more of a call than what tells which gateway it goes through. Thread-safe. */
final class SimulatedCalls {
    private final Map<String, Channel> channels = new LinkedHashMap<>();

    private record Channel(String gateway, boolean inbound) {}

    synchronized String begin(String gateway, boolean inbound) {
        String uuid = UUID.randomUUID().toString();
        channels.put(uuid, new Channel(gateway, inbound));
        return uuid;
    }

    synchronized boolean end(String uuid) {
        return channels.remove(uuid) != null;
    }

    /** {@code show channels as json}; all other forms are not modelled. */
    synchronized String show(String arguments) {
        if (!arguments.equals("channels as json")) {
            return "-USAGE: channels as json\n";
        }
        if (channels.isEmpty()) {
            return "{\"row_count\": 0}\n";
        }
        StringJoiner rows = new StringJoiner(",", "{\"row_count\":" + channels.size() + ",\"rows\":[", "]}\n");
        channels.forEach((uuid, channel) -> rows.add("{\"uuid\":\"" + uuid + "\",\"direction\":\""
                + (channel.inbound() ? "inbound" : "outbound") + "\",\"name\":\"sofia/external/0\"}"));
        return rows.toString();
    }

    synchronized String variable(String arguments) {
        String[] words = arguments.split(" ", -1);
        if (words.length < 2) {
            return "-USAGE: <uuid> <var>\n";
        }
        Channel channel = channels.get(words[0]);
        if (channel == null) {
            return "-ERR No such channel!\n";
        }
        String variable = channel.inbound() ? "sip_gateway" : "sip_gateway_name";
        return words[1].equals(variable) ? channel.gateway() : "_undef_";
    }
}
