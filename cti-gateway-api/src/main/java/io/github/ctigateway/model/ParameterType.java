package io.github.ctigateway.model;

import java.time.Duration;
import java.util.function.Function;

/**
 * How mod_sofia reads the text of a parameter, and how a typed value is written so that it reads the same.
 *
 * @param <T> the Java type of the value
 */
public final class ParameterType<T> {
    /** {@link SofiaText#isTrue}. */
    public static final ParameterType<Boolean> BOOLEAN =
            new ParameterType<>("boolean", SofiaText::isTrue, value -> value ? "true" : "false");

    /** A whole number, {@link SofiaText#atoi}. */
    public static final ParameterType<Integer> INTEGER =
            new ParameterType<>("integer", SofiaText::atoi, value -> Integer.toString(value));

    /** Whole seconds, {@link SofiaText#atoi}; parts of a second cannot be written. */
    public static final ParameterType<Duration> SECONDS =
            new ParameterType<>("seconds", text -> Duration.ofSeconds(SofiaText.atoi(text)), ParameterType::seconds);

    /** {@code host[:port]}. */
    public static final ParameterType<String> HOST = text("host");

    /** A SIP URI; mod_sofia puts {@code sip:} in front when there is no scheme. */
    public static final ParameterType<String> URI = text("uri");

    /** {@code udp}, {@code tcp}, {@code tls} or {@code sctp}; mod_sofia compares prefixes. */
    public static final ParameterType<String> TRANSPORT = text("transport");

    /** Free text. */
    public static final ParameterType<String> TEXT = text("text");

    private final String name;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    private ParameterType(String name, Function<String, T> reader, Function<T, String> writer) {
        this.name = name;
        this.reader = reader;
        this.writer = writer;
    }

    private static ParameterType<String> text(String name) {
        return new ParameterType<>(name, Function.identity(), Function.identity());
    }

    private static String seconds(Duration value) {
        if (value.getNano() != 0 || value.isNegative()) {
            throw new IllegalArgumentException("mod_sofia counts whole seconds; cannot write " + value);
        }
        return Long.toString(value.getSeconds());
    }

    /** The value as mod_sofia understands the text; never fails, since mod_sofia never does. */
    public T read(String text) {
        return reader.apply(text);
    }

    /**
     * The text that mod_sofia reads as this value.
     *
     * @throws IllegalArgumentException when no text does
     */
    public String write(T value) {
        return writer.apply(value);
    }

    /** A word for documents: {@code boolean}, {@code integer}, {@code seconds}, {@code host}, {@code uri} … */
    @Override
    public String toString() {
        return name;
    }
}
