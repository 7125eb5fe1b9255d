package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packed jars as modules: all other tests run on the class path, where a wrong descriptor goes unseen. */
class ModulesIT {
    /**
     * What the published modules need when they run, and no more. Without jspecify: nobody should have to carry
     * annotations along.
     */
    private static final List<String> RUNTIME_DEPENDENCIES =
            List.of("slf4j-api-", "jackson-core-", "jedis-", "redis-authx-core-", "commons-pool2-", "json-", "gson-");

    /** The one package that asks for more than these, of those who use it. */
    private static final String NEEDS_MICROMETER = "io.github.ctigateway.redis.metrics";

    @ParameterizedTest
    @ValueSource(strings = {"api", "redis", "esl", "xml"})
    void everyExportedTypeLoadsFromItsModule(String area) throws Exception {
        String name = "io.github.ctigateway." + area;
        ModuleFinder modules =
                ModuleFinder.of(Stream.concat(publishedJars(), dependencies()).toArray(Path[]::new));
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(modules, ModuleFinder.of(), Set.of(name));
        ModuleLayer layer =
                ModuleLayer.boot().defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());

        ModuleReference reference = modules.find(name).orElseThrow();
        ModuleDescriptor descriptor = reference.descriptor();
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.exports()).isNotEmpty().allSatisfy(exported -> {
            assertThat(exported.isQualified()).isFalse();
            assertThat(exported.source()).doesNotContain("internal");
        });
        for (String type : exportedTypes(reference)) {
            Class<?> loaded = layer.findLoader(name).loadClass(type);
            assertThat(loaded.getModule().getName()).isEqualTo(name);
            if (!loaded.getPackageName().equals(NEEDS_MICROMETER)) {
                // Asks for every type of every signature
                assertThat(loaded.getMethods()).isNotNull();
            }
        }
    }

    private static List<String> exportedTypes(ModuleReference module) throws IOException {
        Set<String> packages = Set.copyOf(module.descriptor().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .toList());
        try (ModuleReader reader = module.open()) {
            List<String> types = reader.list()
                    .filter(file -> file.endsWith(".class") && file.contains("/"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(type -> packages.contains(type.substring(0, type.lastIndexOf('.'))))
                    .filter(type -> !type.endsWith(".package-info"))
                    .toList();
            assertThat(types).as("exported types").isNotEmpty();
            return types;
        }
    }

    private static Stream<Path> publishedJars() {
        return Stream.of("api", "redis", "esl", "xml")
                .map(area -> "cti-gateway-" + area)
                .map(module -> jarOf(Path.of("../..", module, "target"), module));
    }

    private static Path jarOf(Path target, String module) {
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches(module + "-\\d+(\\.\\d+)*(-SNAPSHOT)?\\.jar"))
                    .toList();
            assertThat(jars).as("jar of %s, made by `mvnw verify`", module).hasSize(1);
            return jars.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("No jar of " + module + ": run `mvnw verify` with -am", e);
        }
    }

    private static Stream<Path> dependencies() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> RUNTIME_DEPENDENCIES.stream()
                        .anyMatch(prefix -> file.getFileName().toString().matches(prefix + "\\d.*\\.jar")));
    }
}
