using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Runs an epilogue over a finished block, behind a function pointer.</summary>
/// <remarks>The pointer keeps the product's loops from being compiled anew for every epilogue of every layer.</remarks>
internal static unsafe class EpilogueBlock
{
    /// <summary>The function for an epilogue, or null if it does nothing.</summary>
    public static delegate*<void*, float*, nint, int, int, int, int, void> For<TEpilogue>()
        where TEpilogue : struct, IEpilogue =>
        typeof(TEpilogue) == typeof(NoEpilogue) ? null : &Invoke<TEpilogue>;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Invoke<TEpilogue>(
        void* epilogue, float* values, nint stride, int rows, int columns, int firstRow, int firstColumn)
        where TEpilogue : struct, IEpilogue
    {
        ref TEpilogue stages = ref Unsafe.AsRef<TEpilogue>(epilogue);
        for (int row = 0; row < rows; row++)
        {
            stages.Invoke(new Span<float>(values, columns), firstRow + row, firstColumn);
            values += stride;
        }
    }
}
