package io.github.ctigateway.esl.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.esl.EslClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that go through gateways now. What {@code xmlstatus} shows as {@code calls-in} and {@code calls-out} are totals since the
 * gateway was added (mod_sofia.c and sofia.c only ever raise them), so the channels are asked instead: {@code sip_gateway_name} of an
 * outbound one, {@code sip_gateway} of an inbound one. Seen on a running FreeSWITCH 1.11.3-dev.
 */
final class ChannelCalls {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern UUID = Pattern.compile("[A-Za-z0-9_.\\-]+");
    private static final String CHANNELS = "show channels as json";

    private ChannelCalls() {}

    /** How many channels go through each of these gateways; one without any is left out. */
    static Map<String, Integer> count(EslClient client, Set<String> gateways) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String uuid : sofiaChannels(EslEngine.await(client.apiAsync(CHANNELS), "the channels"))) {
            Stream.of("sip_gateway_name", "sip_gateway")
                    .map(variable -> client.apiAsync("uuid_getvar " + uuid + " " + variable))
                    .forEach(answers::add);
        }
        Map<String, Integer> calls = new HashMap<>();
        for (CompletableFuture<String> answer : answers) {
            // A channel that has gone meanwhile answers with an error, and one without the variable with _undef_.
            String gateway = EslEngine.await(answer, "a channel's variable").strip();
            if (gateways.contains(gateway)) {
                calls.merge(gateway, 1, Integer::sum);
            }
        }
        return calls;
    }

    private static List<String> sofiaChannels(String answer) {
        List<String> uuids = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(answer)) {
            String uuid = null;
            boolean rows = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    rows = true;
                } else if (token == JsonToken.START_OBJECT) {
                    uuid = null;
                } else if (rows && token == JsonToken.VALUE_STRING && parser.currentName() != null) {
                    uuid = "uuid".equals(parser.currentName()) ? parser.getText() : uuid;
                    if (isSofia(parser) && uuid != null && UUID.matcher(uuid).matches()) {
                        uuids.add(uuid);
                    }
                }
            }
            return uuids;
        } catch (IOException e) {
            throw new SwitchUnavailableException(
                    "FreeSWITCH answered '" + CHANNELS + "' with something that is not JSON", false, e);
        }
    }

    private static boolean isSofia(JsonParser parser) throws IOException {
        @Nullable String name = parser.currentName();
        return "name".equals(name) && parser.getText().startsWith("sofia/");
    }
}
