package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists in pages, after servicenow-rest §1.3. */
class PagingTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String LIST = "/api/now/table/incident?sysparm_fields=number";

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void fiveIncidents() {
        SIMULATOR.reset();
        for (int i = 0; i < 5; i++) {
            SIMULATOR.tables().seed("incident", Map.of());
        }
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void limitAndOffsetCutThePage() throws Exception {
        Response page = caller.get(LIST + "&sysparm_limit=2&sysparm_offset=2");

        assertThat(page.column("number")).containsExactly("INC0010003", "INC0010004");
        assertThat(page.header("X-Total-Count")).isEqualTo("5");
    }

    @Test
    void linksLeadToTheOtherPages() throws Exception {
        String link = caller.get(LIST + "&sysparm_limit=2&sysparm_offset=2").header("Link");

        String url = "<" + SIMULATOR.url() + LIST + "&sysparm_limit=2&sysparm_offset=";
        assertThat(link.split(","))
                .containsExactly(
                        url + "0>;rel=\"first\"",
                        url + "0>;rel=\"prev\"",
                        url + "4>;rel=\"next\"",
                        url + "4>;rel=\"last\"");
    }

    @Test
    void lastPageHasNoNextFirstPageNoPrevious() throws Exception {
        assertThat(caller.get(LIST + "&sysparm_limit=2&sysparm_offset=4").header("Link"))
                .contains("rel=\"prev\"")
                .doesNotContain("rel=\"next\"");
        assertThat(caller.get(LIST + "&sysparm_limit=3&sysparm_offset=2").header("Link"))
                .doesNotContain("rel=\"next\"");
        assertThat(caller.get(LIST + "&sysparm_limit=2").header("Link"))
                .contains("rel=\"next\"")
                .doesNotContain("rel=\"prev\"");
    }

    @Test
    void onePageHasNoLinks() throws Exception {
        assertThat(caller.get(LIST).header("Link")).isEmpty();
    }

    @Test
    void headersAreLeftOutWhenNotWanted() throws Exception {
        Response suppressed = caller.get(LIST + "&sysparm_limit=2&sysparm_suppress_pagination_header=true");
        assertThat(suppressed.header("Link")).isEmpty();
        assertThat(suppressed.header("X-Total-Count")).isEqualTo("5");

        Response uncounted = caller.get(LIST + "&sysparm_limit=2&sysparm_no_count=true");
        assertThat(uncounted.header("X-Total-Count")).isEmpty();
        assertThat(uncounted.column("number")).hasSize(2);
    }

    @Test
    void previousOfPageOneMayBeNegative() throws Exception {
        SIMULATOR.switches().on(Switch.NEGATIVE_PREVIOUS);

        assertThat(caller.get(LIST + "&sysparm_limit=2").header("Link")).contains("sysparm_offset=-1>;rel=\"prev\"");
    }

    // servicenow-rest §1.3 [?]: the count includes rows that access control takes out
    @Test
    void limitAppliesBeforeAccessControl_unproven() throws Exception {
        String hidden = SIMULATOR.tables().rows("incident").get(0).sysId();
        SIMULATOR.switches().unreadable(hidden);

        Response page = caller.get(LIST + "&sysparm_limit=1");

        assertThat(page.result()).isEmpty();
        assertThat(page.header("X-Total-Count")).isEqualTo("5");

        SIMULATOR.switches().on(Switch.TOTAL_OF_READABLE);
        assertThat(caller.get(LIST + "&sysparm_limit=1").header("X-Total-Count"))
                .isEqualTo("4");

        SIMULATOR.switches().on(Switch.NO_TOTAL);
        assertThat(caller.get(LIST + "&sysparm_limit=1").header("X-Total-Count"))
                .isEmpty();
    }
}
