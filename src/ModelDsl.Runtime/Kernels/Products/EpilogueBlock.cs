using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Runs an epilogue over a finished block, behind a function pointer.</summary>
/// <remarks>The pointer keeps the product's loops from being compiled anew for every epilogue of every layer.</remarks>
internal static unsafe class EpilogueBlock
{
    /// <summary>The floats of the widest store.</summary>
    private const int MaskedFloats = 16;

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

        // A masked store holds up loads from all of the 64 bytes that it may write, so no row follows one so near.
        int step = (int)Math.Clamp((MaskedFloats + stride - 1) / stride, 1, rows);
        for (int first = 0; first < step; first++)
        {
            float* run = values + (first * stride);
            for (int row = first; row < rows; row += step)
            {
                stages.Invoke(new Span<float>(run, columns), firstRow + row, firstColumn);
                run += step * stride;
            }
        }
    }
}
