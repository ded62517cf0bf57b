package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseRulesTest {

    @ParameterizedTest
    @CsvSource({
        "team-a/**, team-a/deploy, true",
        "team-a/**, team-a/x/y/deploy, true",
        "team-a/**, team-ab/deploy, false",
        "team-a/**, Team-A/deploy, false",
        "team-a/, team-a/deploy, true",
        "/team-a/*, team-a/deploy, true",
        "team-a/*, team-a/x/deploy, false",
        "**/deploy*, a/b/deploy-prod, true",
        "deploy, deploy, true",
        "deploy, x/deploy, false",
        "team ?/**, team a/deploy, true"
    })
    void globsAreMatchedOnFullNames(String glob, String name, boolean matches) {
        assertThat(UseRules.matches(glob, name)).isEqualTo(matches);
    }

    @Test
    void whatIsNotAllowedIsRefusedWithTheWayToChangeIt() {
        UseRules rules = new UseRules();
        rules.setOperations(List.of("read"));
        ConnectorUse use = ConnectorUse.by(null);

        assertThatCode(() -> rules.check("Prod", use.on("incident", Operation.READ)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> rules.check("Prod", use.on("incident", Operation.CREATE)))
                .isInstanceOf(ServiceNowException.class)
                .hasMessageContaining("'Prod' does not allow the operation create (asked for on incident)")
                .hasMessageContaining("Manage Jenkins › ServiceNow connectors");
        assertThatThrownBy(() -> rules.check("Prod", use.on("u_anything", Operation.READ)))
                .hasMessageContaining("ticketType is u_anything, which the connector 'Prod' does not allow, only");
    }

    @Test
    void starAllowsEveryTable() {
        UseRules rules = new UseRules();
        rules.setTicketTypes("*");

        assertThatCode(() -> rules.check("Prod", ConnectorUse.by(null).on("u_anything", Operation.READ)))
                .doesNotThrowAnyException();
    }

    @Test
    void rulesThatNobodyCanKeepAreRefused() {
        UseRules none = new UseRules();
        none.setOperations(List.of(""));
        UseRules unknown = new UseRules();
        unknown.setOperations(List.of("delete"));
        UseRules table = new UseRules();
        table.setTicketTypes("in^cident");

        assertThatThrownBy(none::check).hasMessageContaining("Operations must hold at least one");
        assertThatThrownBy(unknown::check).hasMessageContaining("Operations has 'delete'");
        assertThatThrownBy(table::check).hasMessageContaining("Ticket types is 'in^cident'");
    }

    @Test
    void limitsThatAreNoneAreRefused() {
        CallLimits time = new CallLimits();
        time.setConnectTimeout("soon");
        CallLimits number = new CallLimits();
        number.setPollsPerMinute("many");
        CallLimits proxy = new CallLimits();
        proxy.setProxy("mine");

        assertThatThrownBy(time::check).hasMessageContaining("Connect timeout is not a duration");
        assertThatThrownBy(number::check).hasMessageContaining("Polls a minute must be a whole number");
        assertThatThrownBy(proxy::check).hasMessageContaining("Proxy must be jenkins or none");
    }
}
