package io.github.ctigateway.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable map of a few texts, in order, in one array: a fifth of a LinkedHashMap's memory, which counts when 10,000 gateways
 * are held. Look-ups walk the array, so larger maps are copied to a LinkedHashMap instead.
 */
final class TextMap extends AbstractMap<String, String> {
    /** All of mod_sofia's parameters and some to spare. */
    private static final int MOST = 48;

    private final String[] keysAndValues;

    /** A bit for the hash of each key, so that most keys that are not there are known at once; most of the catalogue never is. */
    private final long present;

    private TextMap(String[] keysAndValues) {
        this.keysAndValues = keysAndValues;
        long bits = 0;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            bits |= bit(keysAndValues[i]);
        }
        this.present = bits;
    }

    /** The lowest bits alone differ too little between the catalogue's names. */
    private static long bit(Object key) {
        int hash = key.hashCode();
        return 1L << (hash ^ hash >>> 7 ^ hash >>> 15);
    }

    static Map<String, String> copyOf(Map<String, String> source) {
        if (source.isEmpty()) {
            return Map.of();
        }
        if (source instanceof TextMap) {
            return source;
        }
        if (source.size() > MOST) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(source));
        }
        String[] texts = new String[2 * source.size()];
        int i = 0;
        for (Map.Entry<String, String> entry : source.entrySet()) {
            texts[i++] = entry.getKey();
            texts[i++] = entry.getValue();
        }
        return new TextMap(texts);
    }

    @Override
    public int size() {
        return keysAndValues.length / 2;
    }

    /** Looks for the very same text first: names of the catalogue are, on both sides. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public @Nullable String get(@Nullable Object key) {
        if (key == null || (present & bit(key)) == 0) {
            return null;
        }
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i] == key) {
                return keysAndValues[i + 1];
            }
        }
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i].equals(key)) {
                return keysAndValues[i + 1];
            }
        }
        return null;
    }

    /** One walk instead of the two that AbstractMap takes for an absent key. */
    @Override
    public String getOrDefault(@Nullable Object key, String otherwise) {
        String value = get(key);
        return value == null ? otherwise : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keysAndValues.length / 2;
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < keysAndValues.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return Map.entry(keysAndValues[next - 2], keysAndValues[next - 1]);
        }
    }
}
