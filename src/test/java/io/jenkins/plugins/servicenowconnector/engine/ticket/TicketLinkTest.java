package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TicketLinkTest {

    @Test
    void linkLeadsToTheRecordInWhicheverInterfaceThePersonHas() {
        Ticket ticket = new Ticket("change_request", "1c87925347c12200e0ef563dbb9a7177", "CHG0030001", Map.of());

        assertThat(TicketLink.to(URI.create("https://support.example.com/itsm"), ticket))
                .isEqualTo("https://support.example.com/itsm/nav_to.do?uri=change_request.do"
                        + "%3Fsys_id%3D1c87925347c12200e0ef563dbb9a7177");
    }
}
