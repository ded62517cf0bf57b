package io.jenkins.plugins.servicenowconnector.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The simulator follows ServiceNow, so it must not know our client. */
class SimulatorRulesTest {

    private static final String ROOT = "io.jenkins.plugins.servicenowconnector";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT + ".simulator");

    @Test
    void importsNeitherTheProductNorJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".simulator.demo..")
                .and()
                .doNotHaveSimpleName("Demo")
                .and()
                .doNotHaveSimpleName("DemoTest")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".engine..", "jenkins..", "hudson..", "org.jenkinsci..")
                .check(CLASSES);
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching(ROOT + ".simulator.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
