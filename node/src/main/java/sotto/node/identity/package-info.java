/** Who we are: the account's keys, what they sign, and the safety number by which two people compare accounts. No storage. */
@NullMarked
package sotto.node.identity;

import org.jspecify.annotations.NullMarked;
