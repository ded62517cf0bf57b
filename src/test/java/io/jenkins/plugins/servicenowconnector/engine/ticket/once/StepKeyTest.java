package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepKeyTest {

    @Test
    void textNamesTheBlocksFromOutsideInWithTheirCounts() {
        assertThat(StepKey.OUTERMOST.in("Deploy", 0).in("eu", 1).at(2).text()).isEqualTo("Deploy[0]/eu[1]/[2]");
        assertThat(StepKey.OUTERMOST.at(3).text()).isEqualTo("[3]");
    }

    @Test
    void namesCannotLookLikeOtherBlocks() {
        assertThat(StepKey.OUTERMOST.in("a[0]/b", 0).at(0))
                .isNotEqualTo(StepKey.OUTERMOST.in("a", 0).in("b", 0).at(0));
        assertThat(StepKey.OUTERMOST.in("a\\", 0).at(0).text()).isEqualTo("a\\\\[0]/[0]");
    }
}
