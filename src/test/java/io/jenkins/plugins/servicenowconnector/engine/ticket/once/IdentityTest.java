package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final OriginBuild BUILD = new OriginBuild("jenkins", "team/job", 7, 1000);
    private static final StepKey KEY = StepKey.OUTERMOST.in("Deploy", 0).at(0);

    private static String step(OriginBuild build, StepKey key, String table, Map<String, String> said) {
        return Identity.ofStep(build, key, table, said).text();
    }

    // a newer version of the plugin must know the tickets of an older one
    @Test
    void identitiesStayWhatTheyAre() {
        assertThat(step(BUILD, KEY, "incident", Map.of("urgency", "1", "short_description", "Ärger")))
                .isEqualTo("ae6f4a40c52d1c03b2979f9aaaea5c7a");
        assertThat(Identity.onceFor("jenkins", "team/job", "release-42").text())
                .isEqualTo("44ea9628feb5b47ba1c892713c208941");
        assertThat(Identity.onceFor("jenkins", "team/job", "release-42").generation(2))
                .isEqualTo("7dc8d2044fef652b334776597739bcbb");
    }

    @Test
    void everythingThatMakesAnotherTicketMakesAnotherIdentity() {
        Map<String, String> said = Map.of("a", "1", "b", "2");

        assertThat(Set.of(
                        step(BUILD, KEY, "incident", said),
                        step(new OriginBuild("other", "team/job", 7, 1000), KEY, "incident", said),
                        step(new OriginBuild("jenkins", "team/other", 7, 1000), KEY, "incident", said),
                        step(new OriginBuild("jenkins", "team/job", 8, 1000), KEY, "incident", said),
                        step(new OriginBuild("jenkins", "team/job", 7, 1001), KEY, "incident", said),
                        step(BUILD, StepKey.OUTERMOST.in("Deploy", 0).at(1), "incident", said),
                        step(BUILD, KEY, "problem", said),
                        step(BUILD, KEY, "incident", Map.of("a", "1")),
                        step(BUILD, KEY, "incident", Map.of("a", "1", "b", "")),
                        step(BUILD, KEY, "incident", Map.of("a", "1b", "", "2")),
                        Identity.onceFor("jenkins", "team/job", "release-42").text(),
                        Identity.onceFor("jenkins", "team/job", "release-43").text(),
                        Identity.onceFor("jenkins", "team/other", "release-42").text(),
                        Identity.onceFor("other", "team/job", "release-42").text()))
                .hasSize(14)
                .allMatch(text -> text.matches("[0-9a-f]{32}"));
    }

    @Test
    void neitherTheOrderOfFieldsNorJournalsCount() {
        Map<String, String> other = new LinkedHashMap<>();
        other.put("work_notes", "started by Beth");
        other.put("b", "2");
        other.put("fields.comments", "hello");
        other.put("a", "1");

        assertThat(step(BUILD, KEY, "incident", other))
                .isEqualTo(step(BUILD, KEY, "incident", Map.of("a", "1", "b", "2")));
    }

    @Test
    void eachNumberOfAKeyIsAnIdentityOfItsOwnAndTheFirstTheKeysOwn() {
        Identity identity = Identity.onceFor("jenkins", "team/job", "nightly");

        assertThat(IntStream.rangeClosed(1, 50).mapToObj(identity::generation).collect(Collectors.toSet()))
                .hasSize(50)
                .contains(identity.text());
    }

    @Test
    void noIdentityIsLikeAnother() {
        assertThat(Identity.none().text())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(Identity.none().text());
    }
}
