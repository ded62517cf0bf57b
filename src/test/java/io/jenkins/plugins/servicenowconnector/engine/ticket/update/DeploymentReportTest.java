package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.ticket.update.DeploymentReport.Change;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.DeploymentReport.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentReportTest {

    private static final Change CHANGE = new Change("0123456789abcdef", "Jane", "Fix it\n\nLong story");
    private static final Stage STAGE = new Stage("Deploy", "SUCCESS", Duration.ofSeconds(125));

    private static DeploymentReport report(List<Change> changes, List<Stage> stages) {
        return new DeploymentReport(
                "shop/deploy #12",
                "https://jenkins.example.com/job/shop/job/deploy/12/",
                "SUCCESS",
                true,
                Duration.ofSeconds(3725),
                changes,
                stages);
    }

    @Test
    void reportSaysWhatRanHowItEndedAndWhatIsNew() {
        List<Stage> stages = List.of(STAGE, new Stage("Smoke test", "UNSTABLE", null));

        assertThat(report(List.of(CHANGE, new Change("", "", "No author")), stages)
                        .text())
                .isEqualTo("""
                    Jenkins: shop/deploy #12 ended with SUCCESS after 1 h 2 min.
                    https://jenkins.example.com/job/shop/job/deploy/12/

                    Stages:
                    - Deploy: SUCCESS, 2 min 5 s
                    - Smoke test: UNSTABLE

                    Changes since the last success:
                    - 0123456789a… Jane: Fix it
                    - No author\
                    """);
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        DeploymentReport bare = new DeploymentReport("deploy #1", null, "FAILURE", true, null, List.of(), List.of());
        DeploymentReport brief =
                new DeploymentReport("deploy #1", " ", "FAILURE", true, Duration.ofMillis(900), List.of(), List.of());

        assertThat(bare.text()).isEqualTo("Jenkins: deploy #1 ended with FAILURE.");
        assertThat(brief.text()).isEqualTo("Jenkins: deploy #1 ended with FAILURE after 0 s.");
    }

    @Test
    void whatStillRunsHasNotEnded() {
        Duration minute = Duration.ofMinutes(1);
        DeploymentReport open = new DeploymentReport("deploy #1", null, null, false, minute, List.of(), List.of());
        DeploymentReport failing =
                new DeploymentReport("deploy #1", null, "FAILURE", false, null, List.of(), List.of());

        assertThat(open.text()).isEqualTo("Jenkins: deploy #1 has no result so far, after 1 min 0 s.");
        assertThat(failing.text()).isEqualTo("Jenkins: deploy #1 has the result FAILURE so far.");
    }

    @Test
    void codeMarksAndControlCharactersDoNoHarm() {
        Change nasty = new Change("1", "Mallory", "[code]<script>[/CODE]\u0007 x");

        assertThat(report(List.of(nasty), List.of()).text()).contains("- 1 Mallory: (code)<script>(/CODE) x");
    }

    @Test
    void listsThatDoNotFitEndWithHowManyAreLeftOut() {
        List<Change> changes = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            changes.add(new Change("c" + i, "Jane", "message ".repeat(20)));
            stages.add(new Stage("Stage " + i, "SUCCESS", Duration.ofSeconds(i)));
        }

        String text = report(changes, stages).text();

        assertThat(text).hasSizeBetween(3700, 4000).contains("Stage 0: SUCCESS").contains("c0 Jane: message");
        assertThat(text.lines().filter(line -> line.matches("… and \\d+ more"))).hasSize(2);
        long shown = text.lines().filter(line -> line.startsWith("- c")).count();
        assertThat(text).endsWith("… and " + (500 - shown) + " more");
        assertThat(report(changes, List.of()).text()).hasSizeBetween(3700, 4000);
        assertThat(report(List.of(), stages).text()).hasSizeBetween(3700, 4000);
    }

    @Test
    void longPartsAreCutBetweenCharacters() {
        Change rocket = new Change("1", "Jane", "\uD83D\uDE80".repeat(300));
        DeploymentReport huge = new DeploymentReport(
                "x".repeat(9000),
                "https://" + "y".repeat(9000),
                "z".repeat(9000),
                true,
                null,
                List.of(rocket),
                List.of());

        assertThat(huge.text()).hasSizeLessThanOrEqualTo(4000).contains("…");
        assertThat(huge.text()
                                .chars()
                                .filter(each -> Character.isSurrogate((char) each))
                                .count()
                        % 2)
                .isZero();
        assertThat(huge.text()).doesNotContain("?").contains("\uD83D\uDE80…");
    }
}
