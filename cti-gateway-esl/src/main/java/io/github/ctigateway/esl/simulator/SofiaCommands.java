package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.SimulatedGateway.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands {@code sofia …} and {@code sofia_gateway_data}, with mod_sofia's very answers. Guarded by the simulator's lock. */
final class SofiaCommands {
    private static final String USAGE =
            "USAGE:\nsofia profile <name> [rescan | startgw <gateway name> | killgw <gateway name>]\n";

    private final SofiaModule sofia;

    SofiaCommands(SofiaModule sofia) {
        this.sofia = sofia;
    }

    String sofia(String arguments) {
        List<String> words = Arguments.split(arguments);
        if (words.isEmpty()) {
            return USAGE;
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.get(0).toLowerCase(Locale.ROOT)) {
            case "profile" -> profile(rest);
            case "status" -> status(rest, false);
            case "xmlstatus" -> status(rest, true);
            case "help" -> USAGE;
            default -> "Unknown Command [" + words.get(0) + "]\n";
        };
    }

    private String status(List<String> words, boolean xml) {
        if (words.isEmpty()) {
            return xml ? XmlStatus.profiles(sofia.profileNames()) : "-ERR the simulator reports gateways only\n";
        }
        if (words.size() == 1) {
            // One word of any kind gives the summary of all gateways.
            List<SimulatedGateway> all = sofia.gateways();
            return xml ? new XmlStatus(sofia).all(all) : new TextStatus(sofia).all(all);
        }
        if (words.get(0).equalsIgnoreCase("profile")) {
            return sofia.profile(words.get(1)).isPresent()
                    ? "-ERR the simulator reports gateways only\n"
                    : "Invalid Profile!\n";
        }
        if (!words.get(0).equalsIgnoreCase("gateway")) {
            return "Invalid Syntax!\n";
        }
        return sofia.find(words.get(1))
                .map(gateway -> xml ? new XmlStatus(sofia).one(gateway) : new TextStatus(sofia).one(gateway))
                .orElse("Invalid Gateway!\n");
    }

    private String profile(List<String> words) {
        if (words.size() < 2) {
            return "Invalid Args!\n";
        }
        Optional<SimulatedProfile> found = sofia.profile(words.get(0));
        if (found.isEmpty()) {
            return "Invalid Profile [" + words.get(0) + "]";
        }
        SimulatedProfile profile = found.get();
        Optional<String> name = words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty();
        return switch (words.get(1).toLowerCase(Locale.ROOT)) {
            case "killgw" -> name.map(gateway -> kill(profile, gateway)).orElse("-ERR missing gw name\n");
            case "startgw" -> name.map(gateway -> start(profile, gateway)).orElse("-ERR missing gw name\n");
            case "rescan" -> rescan(profile);
            case "register" ->
                name.map(gateway -> register(profile, gateway, State.UNREGED)).orElse("No gateway name provided!\n");
            case "unregister" ->
                name.map(gateway -> register(profile, gateway, State.UNREGISTER))
                        .orElse("No gateway name provided!\n");
            case "gwlist" -> list(profile, !name.orElse("up").equalsIgnoreCase("down"));
            default -> "-ERR Unknown command!\n";
        };
    }

    /** The profile is ignored for a single name: names are switch-wide. */
    private String kill(SimulatedProfile profile, String name) {
        if (name.equalsIgnoreCase("_all_")) {
            profile.gateways.forEach(SimulatedGateway::delete);
            return "+OK every gateway marked for deletion.\n";
        }
        Optional<SimulatedGateway> gateway = sofia.find(name);
        gateway.ifPresent(SimulatedGateway::delete);
        return gateway.isPresent() ? "+OK gateway marked for deletion.\n" : "-ERR no such gateway.\n";
    }

    private String start(SimulatedProfile profile, String name) {
        String read = sofia.reload(profile, true, Optional.of(name));
        sofia.addNew(profile, Optional.of(name).filter(word -> !word.equals("_all_")));
        return "Reload XML [" + read + "]\n+OK start gateway " + name + " complete\n";
    }

    private String rescan(SimulatedProfile profile) {
        String read = sofia.reload(profile, true, Optional.empty());
        sofia.addNew(profile, Optional.empty());
        return "Reload XML [" + read + "]\n+OK scan complete\n";
    }

    private String register(SimulatedProfile profile, String name, State next) {
        if (name.equalsIgnoreCase("all")) {
            profile.gateways.forEach(gateway -> move(gateway, next));
            return "+OK\n";
        }
        String participle = next == State.UNREGED ? "registered" : "unregistered";
        return sofia.find(name)
                .map(gateway -> move(gateway, next)
                        ? "+OK\n"
                        : "-ERR NOREG gateway [" + name + "] can't be " + participle + "!\n")
                .orElse("Invalid gateway!\n");
    }

    private static boolean move(SimulatedGateway gateway, State next) {
        if (gateway.state == State.NOREG) {
            return false;
        }
        gateway.retry = 0;
        gateway.state = next;
        return true;
    }

    private static String list(SimulatedProfile profile, boolean up) {
        return profile.gateways.stream()
                .filter(gateway -> gateway.up == up)
                .map(gateway -> gateway.name() + " ")
                .collect(Collectors.joining());
    }

    String gatewayData(String arguments) {
        if (arguments.isEmpty()) {
            return "-ERR Parameter missing\n";
        }
        List<String> words = Arguments.split(arguments);
        if (words.size() < 3) {
            return "";
        }
        return sofia.find(words.get(0))
                .flatMap(gateway -> variable(gateway.settings, words.get(1), words.get(2)))
                .orElse("");
    }

    private static Optional<String> variable(GatewaySettings gateway, String direction, String name) {
        Map<String, String> inbound = gateway.inbound();
        Map<String, String> outbound = gateway.outbound();
        return switch (direction.toLowerCase(Locale.ROOT)) {
            case "ivar" -> gateway.variable(inbound, name);
            case "ovar" -> gateway.variable(outbound, name);
            case "var" -> gateway.variable(inbound, name).or(() -> gateway.variable(outbound, name));
            default -> Optional.empty();
        };
    }
}
