/** Pipeline steps: a step says what, the engine's operations say how. */
package io.jenkins.plugins.servicenowconnector.step;
