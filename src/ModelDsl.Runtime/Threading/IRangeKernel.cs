using ModelDsl.Kernels;

namespace ModelDsl.Threading;

/// <summary>Work on a range whose parts do not depend on each other, in vectors of whatever width is at hand.</summary>
internal interface IRangeKernel
{
    /// <summary>Does the part [start, end).</summary>
    void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>;
}
