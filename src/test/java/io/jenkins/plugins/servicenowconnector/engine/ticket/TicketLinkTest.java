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

    @Test
    void ticketThatWasNotReadYetIsLinkedByWhatItIsAskedForBy() throws Exception {
        URI instance = URI.create("https://support.example.com");

        assertThat(TicketLink.to(instance, "incident", TicketKey.number("number", "INC0010001")))
                .isEqualTo(
                        "https://support.example.com/nav_to.do?uri=incident.do%3Fsysparm_query%3Dnumber%3DINC0010001");
        String sysId = "1c87925347c12200e0ef563dbb9a7177";
        assertThat(TicketLink.to(instance, "incident", TicketKey.sysId("sysId", sysId)))
                .endsWith("/nav_to.do?uri=incident.do%3Fsys_id%3D" + sysId);
    }
}
