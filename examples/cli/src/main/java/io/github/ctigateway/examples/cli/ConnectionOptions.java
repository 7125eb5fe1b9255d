package io.github.ctigateway.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the gateways are kept, and which FreeSWITCH runs them. Before or after the command. */
final class ConnectionOptions {
    static final String REDIS_PASSWORD = "REDIS_PASSWORD";

    @Option(
            names = "--redis",
            paramLabel = "URI",
            scope = ScopeType.INHERIT,
            description = "The Redis that keeps the gateways, such as redis://127.0.0.1:6379.")
    @Nullable
    String redis;

    @Option(
            names = "--redis-password-env",
            paramLabel = "NAME",
            defaultValue = REDIS_PASSWORD,
            scope = ScopeType.INHERIT,
            description = "The environment variable that holds the password of --redis when the URI has none;"
                    + " ${DEFAULT-VALUE} unless given.")
    String redisPasswordEnv = "";

    @Option(
            names = "--domain",
            paramLabel = "D",
            scope = ScopeType.INHERIT,
            description = "The domain: the gateways stand in the hash cti_gateway@D. Needed with --redis.")
    @Nullable
    String domain;

    @Option(
            names = "--author",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            scope = ScopeType.INHERIT,
            description = "Who the history says made the change; ${DEFAULT-VALUE} unless given.")
    String author = "";

    @Option(
            names = "--memory",
            scope = ScopeType.INHERIT,
            description = "For a dry try: a store that ends with the command, in place of --redis.")
    boolean memory;

    @Option(
            names = "--load",
            paramLabel = "FILE|DIR",
            scope = ScopeType.INHERIT,
            description = "With --memory: gateways to begin with, NAME.json each; may be repeated.")
    List<Path> load = new ArrayList<>();

    @Option(
            names = "--esl",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8021",
            scope = ScopeType.INHERIT,
            description =
                    "The event socket of FreeSWITCH; ${DEFAULT-VALUE} unless given. For plan, apply and reconcile it may be"
                            + " repeated: a node each.")
    List<String> esl = new ArrayList<>();

    @Option(
            names = "--esl-password-env",
            paramLabel = "NAME",
            defaultValue = "ESL_PASSWORD",
            scope = ScopeType.INHERIT,
            description =
                    "The environment variable that holds the event socket's password; ${DEFAULT-VALUE} unless given.")
    String eslPasswordEnv = "";

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "external",
            scope = ScopeType.INHERIT,
            description = "The sofia profile; ${DEFAULT-VALUE} unless given.")
    String profile = "";

    @Option(
            names = "--xml-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "The directory, which must exist, whose *.xml files the profile includes as gateways; repeated with --esl,"
                            + " in the same order.")
    List<Path> xmlDirs = new ArrayList<>();

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            defaultValue = "en",
            scope = ScopeType.INHERIT,
            description = "The language of findings and explanations.")
    Language language = Language.en;
}
