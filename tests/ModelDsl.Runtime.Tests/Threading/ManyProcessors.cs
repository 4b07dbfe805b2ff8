using System.Runtime.CompilerServices;

namespace ModelDsl.Runtime.Tests.Threading;

/// <summary>
/// Lets tests divide work as on a larger machine: else two processors would never see more than two parts.
/// </summary>
internal static class ManyProcessors
{
    public const int Count = 8;

    [ModuleInitializer]
    internal static void Set() => WorkerPool.Processors = Math.Max(Count, Environment.ProcessorCount);
}
