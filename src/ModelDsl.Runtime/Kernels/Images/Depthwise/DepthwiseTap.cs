using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>values += Σ gradient[pixel] · source[pixel of the tap] along a part of a line, for one tap.</summary>
internal readonly unsafe struct DepthwiseTap(
    float* gradient, float* source, SlidingWindow window, int channels, int column, int firstPixel, int endPixel)
    : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        int left = (column * window.DilationWidth) - window.PaddingLeft;
        for (int pixel = firstPixel; pixel < endPixel; pixel++)
        {
            int x = (pixel * window.StrideWidth) + left;
            if ((uint)x < (uint)window.Width)
            {
                values = TVector.MultiplyAdd(
                    Operand.Load<TVector>(gradient + ((nint)pixel * channels) + index, count),
                    Operand.Load<TVector>(source + ((nint)x * channels) + index, count),
                    values);
            }
        }

        return values;
    }
}
