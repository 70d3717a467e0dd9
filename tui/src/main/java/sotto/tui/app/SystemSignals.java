package sotto.tui.app;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals of the system that Java has no door for: that the terminal has another size, that a stopped program goes on. They are
 * reached by reflection, because the class is not part of the language; where it is absent, nothing is told and the UI lives on.
 */
final class SystemSignals {
    private static final System.Logger LOG = System.getLogger(SystemSignals.class.getName());

    private SystemSignals() {}

    /** Calls {@code action} whenever the signal {@code name} ({@code WINCH}, {@code CONT}) comes, on a thread of the JVM's. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    SystemSignals.class.getClassLoader(), new Class<?>[] {handlerType}, calling(action));
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "the signal {0} cannot be followed here", name);
        }
    }

    private static InvocationHandler calling(Runnable action) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> "signal handler";
        };
    }
}
