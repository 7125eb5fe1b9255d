package io.github.ctigateway.examples.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that is one of a few words. Upper and lower case are the same, and a mistake is told in the words to type. */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] choices;

    Choice(Class<E> type) {
        this.choices = type.getEnumConstants();
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(choices)
                .filter(choice -> word(choice).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(choices).map(Choice::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
