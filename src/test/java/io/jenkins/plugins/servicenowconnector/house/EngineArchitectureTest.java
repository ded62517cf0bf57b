package io.jenkins.plugins.servicenowconnector.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiled engine depends on. Complements {@link Arrows}: a class file also shows what no source names. */
class EngineArchitectureTest {

    private static final String ENGINE = Tree.PACKAGE + ".engine..";

    /** The only things below the engine. Of the JDK's own {@code javax} it needs no more than TLS. */
    private static final ArchRule PLAIN_JAVA = classes()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ENGINE,
                    "java..",
                    "javax.net.ssl..",
                    "edu.umd.cs.findbugs.annotations..",
                    "com.fasterxml.jackson..",
                    "com.nimbusds..",
                    "org.apache.commons.jexl3..");

    private static JavaClasses product;

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheProduct() throws URISyntaxException {
        product = productClasses();
    }

    @Test
    void engineIsPlainJava() {
        PLAIN_JAVA.check(product);
    }

    @Test
    void engineRoomsCallDownwardsOnly() {
        for (String room : Arrows.ENGINE) {
            downwards(room).check(product);
        }
    }

    @Test
    void otherLibraryIsCaught() {
        compile("org/other/Thing.java", "package org.other; public class Thing {}");
        compile(
                engine("http/Wrong.java"),
                "package " + Tree.PACKAGE + ".engine.http; class Wrong { org.other.Thing it; }");

        assertThat(PLAIN_JAVA.evaluate(classesOf(folder)).getFailureReport().getDetails())
                .singleElement()
                .asString()
                .contains("org.other.Thing");
    }

    @Test
    void callUpwardsIsCaught() {
        compile(engine("rest/Upper.java"), "package " + Tree.PACKAGE + ".engine.rest; public class Upper {}");
        compile(
                engine("http/Wrong.java"),
                "package " + Tree.PACKAGE + ".engine.http; class Wrong extends " + Tree.PACKAGE
                        + ".engine.rest.Upper {}");

        assertThat(downwards("http").evaluate(classesOf(folder)).hasViolation()).isTrue();
    }

    /** Empty rooms pass: one that nobody has moved into yet does no harm. */
    private static ArchRule downwards(String room) {
        List<String> above = Arrows.ENGINE.subList(0, Arrows.ENGINE.indexOf(room));
        return noClasses()
                .that()
                .resideInAPackage(Tree.PACKAGE + ".engine." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.stream()
                        .map(upper -> Tree.PACKAGE + ".engine." + upper + "..")
                        .toArray(String[]::new))
                .allowEmptyShould(true);
    }

    /** The folder that one product class came from holds them all, and no test class. */
    private static JavaClasses productClasses() throws URISyntaxException {
        return classesOf(Path.of(Transport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
    }

    private static JavaClasses classesOf(Path compiled) {
        return new ClassFileImporter().importPath(compiled);
    }

    private static String engine(String file) {
        return Tree.FOLDER + "/engine/" + file;
    }

    private void compile(String file, String text) {
        assertThat(Javac.errors(new Tree(folder).with(file, text), List.of(), List.of(file)))
                .isEmpty();
    }
}
