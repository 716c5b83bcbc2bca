package io.tendon.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the arrows of the house: {@code schemas, robot-model, console <- bus, session-log, store <- nodes <- certify <- deploy}. */
class ArchitectureTest {
    private static final String[] PURE_CONTROL = {
        "io.tendon.control.hardware..", "io.tendon.control.controller..", "io.tendon.control.safety.."
    };
    private static final String[] PURE_FUSION = {
        "io.tendon.fusion.align..",
        "io.tendon.fusion.estimator..",
        "io.tendon.fusion.inference..",
        "io.tendon.fusion.kinematics..",
        "io.tendon.fusion.task.."
    };

    /** Reads recorded sessions; of the command alone. */
    private static final String FUSION_OFFLINE = "io.tendon.fusion.rewindow..";

    private static JavaClasses house = new ClassFileImporter().importClasses();

    @BeforeAll
    static void importHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tendon");
        assertThat(house.size()).isGreaterThan(100);
    }

    @Test
    void shouldPointItsArrowsUpwardsOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("schemas")
                .definedBy("io.tendon.schemas..")
                .layer("robot")
                .definedBy("io.tendon.robot..")
                .layer("console")
                .definedBy("io.tendon.console..")
                .layer("bus")
                .definedBy("io.tendon.bus..")
                .layer("session-log")
                .definedBy("io.tendon.sessionlog..")
                .layer("store")
                .definedBy("io.tendon.store..")
                .layer("control")
                .definedBy("io.tendon.control..")
                .layer("fusion")
                .definedBy("io.tendon.fusion..")
                .layer("persistence")
                .definedBy("io.tendon.persistence..")
                .layer("certify")
                .definedBy("io.tendon.certify..")
                .layer("deploy")
                .definedBy("io.tendon.deploy..")
                .whereLayer("deploy")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("certify")
                .mayOnlyBeAccessedByLayers("deploy")
                .whereLayer("control")
                .mayOnlyBeAccessedByLayers("certify", "deploy")
                .whereLayer("fusion")
                .mayOnlyBeAccessedByLayers("certify", "deploy")
                .whereLayer("persistence")
                .mayOnlyBeAccessedByLayers("certify", "deploy")
                .whereLayer("session-log")
                .mayOnlyBeAccessedByLayers("store", "fusion", "persistence", "certify", "deploy")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("persistence", "certify", "deploy")
                .whereLayer("bus")
                .mayOnlyBeAccessedByLayers(
                        "session-log", "store", "control", "fusion", "persistence", "certify", "deploy")
                .whereLayer("console")
                .mayOnlyBeAccessedByLayers("persistence", "certify", "deploy")
                .whereLayer("robot")
                .mayOnlyBeAccessedByLayers("control", "fusion", "certify", "deploy")
                .check(house);
    }

    @Test
    void shouldLetOnlySessionLogAndPersistenceKnowTheArchive() {
        noClasses()
                .that(resideInAnyPackage(
                        "io.tendon.bus..",
                        "io.tendon.store..",
                        "io.tendon.control..",
                        "io.tendon.fusion..",
                        "io.tendon.robot.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.aeron.archive.."))
                .check(house);
    }

    @Test
    void shouldLetOnlyFusionsOfflineCommandsReadSessions() {
        noClasses()
                .that(resideInAPackage("io.tendon.fusion.."))
                .and(resideOutsideOfPackage(FUSION_OFFLINE))
                .should()
                .dependOnClassesThat(resideInAPackage("io.tendon.sessionlog.."))
                .check(house);
        noClasses()
                .that(resideInAPackage("io.tendon.fusion.."))
                .and(resideOutsideOfPackage(FUSION_OFFLINE))
                .and(not(simpleName("FusionNode")))
                .should()
                .dependOnClassesThat(resideInAPackage(FUSION_OFFLINE))
                .check(house);
        noClasses()
                .that(resideInAPackage(FUSION_OFFLINE))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.aeron..", "io.tendon.schemas..", "io.tendon.fusion.loop.."))
                .check(house);
    }

    @Test
    void shouldLetOnlyTheStoreAndWhoAsksItKnowTheDatabase() {
        noClasses()
                .that(resideOutsideOfPackages("io.tendon.store..", "io.tendon.persistence.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.duckdb..", "java.sql.."))
                .check(house);
    }

    @Test
    void shouldLetOnlyInferenceKnowWhatRunsAModel() {
        noClasses()
                .that(resideOutsideOfPackage("io.tendon.fusion.inference.."))
                .should()
                .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."))
                .check(house);
    }

    @Test
    void shouldKeepAeronAndCodecsOutOfThePurePackages() {
        noClasses()
                .that(resideInAnyPackage(PURE_CONTROL).or(resideInAnyPackage(PURE_FUSION)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.aeron..", "io.tendon.schemas.."))
                .check(house);
    }

    @Test
    void shouldShowCodecsOnlyToTheLinkOfANode() {
        noClasses()
                .that(resideInAnyPackage("io.tendon.control.loop..", "io.tendon.fusion.loop.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.aeron.."))
                .check(house);
    }

    @Test
    void shouldKeepTheRobotModelFreeOfEverything() {
        classes()
                .that(resideInAPackage("io.tendon.robot.."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("io.tendon.robot..", "java..", "javax.xml..", "org.jspecify.."))
                .check(house);
    }

    @Test
    void shouldKeepTheConsoleFreeOfEverythingAndTerminalsToItself() {
        classes()
                .that(resideInAPackage("io.tendon.console.."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("io.tendon.console..", "java..", "org.jline..", "org.jspecify.."))
                .check(house);
        noClasses()
                .that(resideOutsideOfPackage("io.tendon.console.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.jline.."))
                .check(house);
    }

    @Test
    void shouldKeepFilesAndSocketsOutOfControlsLoop() {
        noClasses()
                .that(resideInAnyPackage(
                        "io.tendon.control.loop..", "io.tendon.control.controller..", "io.tendon.control.safety.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.nio.file..", "java.net..", "java.util.logging..", "java.util.stream.."))
                .check(house);
    }
}
