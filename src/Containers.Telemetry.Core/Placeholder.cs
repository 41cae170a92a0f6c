namespace Containers.Telemetry; internal static class Placeholder;
