package io.github.ctigateway.esl.simulator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API commands of the simulated switch. Guarded by the simulator's lock. */
final class ApiCommands {
    private static final EventBus.Origin EXECUTE =
            new EventBus.Origin("switch_loadable_module.c", "switch_api_execute", 2995);
    private static final String SHORT_VERSION = "1.11.3-dev";
    private static final String VERSION = SHORT_VERSION + "+simulated 64bit";

    /** The modules that the simulator stands for. */
    private static final Set<String> MODULES = Set.of("mod_sofia", "mod_event_socket", "mod_commands");

    private static final Pattern ENCODED = Pattern.compile("%([0-7]\\p{XDigit})");

    private final NodeIdentity node;
    private final SofiaModule sofia;
    private final SofiaCommands sofiaCommands;
    private final SimulatedCalls calls;

    ApiCommands(NodeIdentity node, SofiaModule sofia, SimulatedCalls calls) {
        this.calls = calls;
        this.node = node;
        this.sofia = sofia;
        this.sofiaCommands = new SofiaCommands(sofia);
    }

    /** What the command puts out, which may be nothing. */
    String execute(String command, String arguments) {
        return run(command, arguments.strip()).orElse("-ERR " + command + " Command not found!\n");
    }

    /** Nothing when there is no such command. */
    private Optional<String> run(String command, String arguments) {
        String output = switch (command.strip().toLowerCase(Locale.ROOT)) {
            case "sofia" -> sofiaCommands.sofia(arguments);
            case "sofia_gateway_data" -> sofiaCommands.gatewayData(arguments);
            case "show" -> calls.show(arguments);
            case "uuid_getvar" -> calls.variable(arguments);
            case "switchname" -> node.switchname();
            case "hostname" -> node.hostname();
            case "global_getvar" -> globalVariable(arguments);
            case "echo" -> arguments;
            case "eval" -> expanded(arguments);
            case "expand" -> expand(arguments);
            case "replace" -> replaced(arguments);
            case "url_decode" -> decoded(arguments);
            case "module_exists" -> arguments.isEmpty() ? "" : Boolean.toString(MODULES.contains(arguments));
            case "version" ->
                arguments.equals("short") ? SHORT_VERSION + "\n" : "FreeSWITCH Version " + VERSION + " (simulated)\n";
            case "status" ->
                "UP 0 years, 0 days, 0 hours, 0 minutes, 0 seconds, 0 milliseconds, 0 microseconds\n"
                        + "FreeSWITCH (Version " + VERSION + ") is ready\n";
            // The waiting is done by the connection, which holds no lock meanwhile.
            case "msleep" -> "+OK";
            default -> null;
        };
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("API-Command", command.strip());
        if (!arguments.isEmpty()) {
            headers.put("API-Command-Argument", arguments);
        }
        sofia.bus().fire("API", Optional.empty(), EXECUTE, headers, Optional.empty());
        return Optional.ofNullable(output);
    }

    /** Commands and global variables; what is neither is empty. */
    private String expanded(String text) {
        return new HeaderExpansion(
                        name -> globalVariables().getOrDefault(name, ""),
                        (command, arguments) -> run(command, arguments.strip()).orElse(""))
                .of(text);
    }

    /** A command whose arguments are expanded first. */
    private String expand(String words) {
        if (words.isEmpty()) {
            return "-ERR No input\n";
        }
        String[] parts = words.split(" ", 2);
        return run(parts[0], parts.length < 2 ? "" : expanded(parts[1]).strip())
                .orElse("INVALID COMMAND!\n-ERR Cannot execute command\n");
    }

    /** Text, what is replaced in it, and by what; blanks around each are cut off. */
    private static String replaced(String arguments) {
        String[] parts = arguments.split("\\|", 3);
        if (parts.length < 3 || parts[2].isEmpty()) {
            return "-ERR";
        }
        if (parts[1].isBlank()) {
            throw new IllegalArgumentException("FreeSWITCH takes all memory for this, and dies");
        }
        return parts[0].strip().replace(parts[1].strip(), parts[2].strip());
    }

    /** ASCII only. */
    private static String decoded(String text) {
        return ENCODED.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
    }

    private Map<String, String> globalVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("hostname", node.hostname());
        variables.put("local_ip_v4", node.ipv4());
        variables.put("local_ip_v6", node.ipv6());
        variables.put("switchname", node.switchname());
        variables.put("core_uuid", node.coreUuid());
        return variables;
    }

    private String globalVariable(String name) {
        Map<String, String> variables = globalVariables();
        if (!name.isEmpty()) {
            return variables.getOrDefault(name, "");
        }
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
