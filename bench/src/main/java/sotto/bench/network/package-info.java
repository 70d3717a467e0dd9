/**
 * People and bootstrap nodes in processes of their own, run as their users run them, for what is measured and proven of whole
 * networks. Nothing here looks into a program.
 */
@NullMarked
package sotto.bench.network;

import org.jspecify.annotations.NullMarked;
