package io.github.ctigateway.examples.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ctigateway.CtiGatewayException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The arrows of the house: what each of the published modules may know. It stands here as the command line is the one
 * place that sees all of them.
 */
@AnalyzeClasses(packages = "io.github.ctigateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.ctigateway";

    private static final DescribedPredicate<JavaClass> ADAPTERS = resideInAnyPackage(
                    ROOT + ".redis..", ROOT + ".esl..", ROOT + ".xml..")
            .as("the adapters");

    private static final DescribedPredicate<JavaClass> LIBRARY = resideInAPackage(ROOT + "..")
            .and(not(resideInAPackage(ROOT + ".examples..")))
            .as("the library");

    private static final DescribedPredicate<JavaClass> API =
            LIBRARY.and(not(ADAPTERS)).as("cti-gateway-api");

    private static final DescribedPredicate<JavaClass> ARRAYS_AND_PRIMITIVES =
            resideInAPackage("").as("primitives");

    /**
     * What has neither sockets nor files nor JSON nor XML in it. Of java.io only what exceptions and closing need. A list
     * of what is allowed, so that nobody need think of all that is not.
     */
    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "java.lang..",
                    "java.util",
                    "java.util.concurrent..",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.time..",
                    "java.math",
                    "java.text",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "javax.crypto..",
                    "org.slf4j..",
                    "org.jspecify.annotations")
            .or(belongToAnyOf(
                    Closeable.class,
                    Serializable.class,
                    IOException.class,
                    UncheckedIOException.class,
                    InvalidObjectException.class,
                    ObjectInputStream.class))
            .as("the JDK's classes without input and output, slf4j or jspecify");

    private static final DescribedPredicate<JavaCall<?>> SLEEP =
            calls(Thread.class, "sleep").or(calls(TimeUnit.class, "sleep")).as("something that sleeps");

    @ArchTest
    static final ArchRule apiIsPure =
            classes().that(API).should().onlyDependOnClassesThat(API.or(PURE).or(ARRAYS_AND_PRIMITIVES));

    @ArchTest
    static final ArchRule redisKnowsNoOtherAdapter = knowsNoOtherAdapter("redis");

    @ArchTest
    static final ArchRule eslKnowsNoOtherAdapter = knowsNoOtherAdapter("esl");

    @ArchTest
    static final ArchRule xmlKnowsNoOtherAdapter = knowsNoOtherAdapter("xml");

    @ArchTest
    static final ArchRule internalsOfTheApiStayInside =
            noClasses().that(not(API)).should().dependOnClassesThat(API.and(resideInAPackage("..internal..")));

    @ArchTest
    static final ArchRule internalsOfRedisStayInside = internalsStayInside("redis");

    @ArchTest
    static final ArchRule internalsOfEslStayInside = internalsStayInside("esl");

    @ArchTest
    static final ArchRule internalsOfXmlStayInside = internalsStayInside("xml");

    @ArchTest
    static void libraryPrintsNothing(JavaClasses classes) {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes.that(LIBRARY));
    }

    @ArchTest
    static void libraryLogsThroughSlf4jOnly(JavaClasses classes) {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes.that(LIBRARY));
    }

    @ArchTest
    static final ArchRule libraryKeepsNoStaticState = fields().that()
            .areDeclaredInClassesThat(LIBRARY)
            .and()
            .areStatic()
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule libraryLeavesTheJvmToItsUser = noClasses()
            .that(LIBRARY)
            .should()
            .callMethodWhere(calls(Runtime.class, "addShutdownHook")
                    .or(calls(Runtime.class, "halt"))
                    .or(calls(System.class, "exit"))
                    .or(calls(System.class, "setProperty")));

    @ArchTest
    static final ArchRule libraryThrowsLeavesOfOneRoot = classes()
            .that(LIBRARY)
            .and()
            .areAssignableTo(Throwable.class)
            .and()
            .arePublic()
            .should()
            .beAssignableTo(CtiGatewayException.class);

    @ArchTest
    static final ArchRule nothingSleepsToWait = noClasses().should().callMethodWhere(SLEEP);

    /** Tests are not on the class path of other modules' tests, so their classes are read from where Maven put them. */
    @ParameterizedTest
    @ValueSource(strings = {"cti-gateway-api", "cti-gateway-redis", "cti-gateway-esl", "cti-gateway-xml"})
    void noTestSleepsToWait(String module) throws IOException {
        Path tests = repository().resolve(module).resolve("target/test-classes");
        try (Stream<Path> files = Files.walk(tests)) {
            List<Path> classFiles =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classFiles).as("compiled tests of %s", module).isNotEmpty();
        }

        noClasses().should().callMethodWhere(SLEEP).check(new ClassFileImporter().importPath(tests));
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String method) {
        return target(owner(type(owner))).and(target(name(method))).as("%s.%s", owner.getSimpleName(), method);
    }

    /** The first folder above this module that holds Maven's wrapper. */
    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            assertThat(folder)
                    .as("a folder with mvnw in it, above the working directory")
                    .isNotNull();
        }
        return folder;
    }

    private static ArchRule knowsNoOtherAdapter(String adapter) {
        DescribedPredicate<JavaClass> itself = resideInAPackage(ROOT + "." + adapter + "..");
        return noClasses()
                .that(itself)
                .should()
                .dependOnClassesThat(ADAPTERS.and(not(itself)).as("another adapter"));
    }

    private static ArchRule internalsStayInside(String adapter) {
        return noClasses()
                .that(not(resideInAPackage(ROOT + "." + adapter + "..")))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "." + adapter + "..internal.."));
    }
}
