using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The losses of <see cref="ContrastiveLoss"/> pair by pair, and the gradient.</summary>
internal readonly unsafe struct ContrastiveKernel(
    float* outputs, int* labels, float* gradient, int batch, int width, float margin, float gradientScale, double* partials)
    : IRangeKernel
{
    private readonly float* _outputs = outputs;
    private readonly int* _labels = labels;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        float share = gradientScale / batch;
        for (int pair = start; pair < end; pair++)
        {
            float* a = _outputs + ((nint)pair * 2 * width);
            double square = EmbeddingDistance.Square<TVector>(a, a + width, 0f, width);
            float distance = (float)Math.Sqrt(square);
            float missing = margin - distance;
            bool alike = _labels[pair] == 1;

            // A distance that is no number is told by its loss.
            float open = missing <= 0f ? 0f : missing;
            _partials[pair] = 0.5 * (alike ? square : (double)open * open);
            if (_gradient is not null)
            {
                float factor = alike ? share : distance == 0f ? 0f : -share * open / distance;
                float* g = _gradient + ((nint)pair * 2 * width);
                for (int i = 0; i < width; i += TVector.Count)
                {
                    int count = Math.Min(TVector.Count, width - i);
                    TVector difference = Operand.Load<TVector>(a + i, count) - Operand.Load<TVector>(a + width + i, count);
                    TVector step = difference * TVector.Broadcast(factor);
                    Operand.Store(step, g + i, count);
                    Operand.Store(-step, g + width + i, count);
                }
            }
        }
    }
}
