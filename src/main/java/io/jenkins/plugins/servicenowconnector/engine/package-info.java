/**
 * Everything that talks to ServiceNow and decides, in plain Java.
 *
 * <p>The rooms call each other downwards only: {@code poll → approval → ticket → rest → auth → http}. No class below this
 * package may import Jenkins or anything of the upper storey; {@code src/engine/pom.xml} compiles and tests these packages
 * alone.
 */
package io.jenkins.plugins.servicenowconnector.engine;
