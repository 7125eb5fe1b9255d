package io.github.ctigateway.store;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable map by name, in the order of the names, in one sorted array: a fifth of a tree's memory, and made in a third of its time,
 * or less when the values come in runs that are sorted already.
 */
final class NameMap<V> extends AbstractMap<String, V> {
    private final Map.Entry<String, V>[] sorted;

    private NameMap(Map.Entry<String, V>[] sorted) {
        this.sorted = sorted;
    }

    /** The same map where it is one of these, else a copy. */
    static <V> Map<String, V> copyOf(Map<String, V> source) {
        return source instanceof NameMap ? source : of(source.entrySet(), Map.Entry::getKey, Map.Entry::getValue);
    }

    /** A map of these values; of equal names the last one. */
    static <V> NameMap<V> of(Collection<V> values, Function<V, String> name) {
        return of(values, name, value -> value);
    }

    private static <T, V> NameMap<V> of(Collection<T> from, Function<T, String> name, Function<T, V> value) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of generic types.
        Map.Entry<String, V>[] entries = new Map.Entry[from.size()];
        int filled = 0;
        for (T one : from) {
            entries[filled++] = Map.entry(name.apply(one), value.apply(one));
        }
        // Stable, so that of equal names the last stays last; merges what is sorted already.
        Arrays.sort(entries, Comparator.comparing(Map.Entry::getKey));
        int kept = 0;
        for (int i = 0; i < filled; i++) {
            boolean followedByEqual = i + 1 < filled && entries[i].getKey().equals(entries[i + 1].getKey());
            if (!followedByEqual) {
                entries[kept++] = entries[i];
            }
        }
        return new NameMap<>(kept == filled ? entries : Arrays.copyOf(entries, kept));
    }

    @Override
    public int size() {
        return sorted.length;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted[middle].getKey().compareTo(name);
            if (order == 0) {
                return sorted[middle].getValue();
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return null;
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return sorted.length;
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < sorted.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return sorted[next++];
        }
    }
}
