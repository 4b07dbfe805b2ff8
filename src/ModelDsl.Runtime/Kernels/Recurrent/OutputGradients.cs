using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The gradients of a recurrent layer's outputs: of all steps, or of the one that is read last.</summary>
/// <param name="gradient">[batch, steps, units], or [batch, units].</param>
/// <param name="shape">The extents.</param>
internal readonly unsafe struct OutputGradients(float* gradient, RecurrentShape shape)
{
    /// <summary>The gradient of a sample's output at a step; null where it is zero.</summary>
    public float* Of(int sample, RecurrentStep step)
    {
        if (!shape.LastOnly)
        {
            return gradient + ((((nint)sample * shape.Steps) + step.Position) * shape.Units);
        }

        return step.IsLast ? gradient + ((nint)sample * shape.Units) : null;
    }

    /// <summary>The gradient from the reader of the layer and from the next step together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum<TVector>(float* output, float* carry, RecurrentStep step, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = output is null ? TVector.Zero : Operand.Load<TVector>(output + index, count);
        return step.IsLast ? sum : sum + Operand.Load<TVector>(carry + index, count);
    }
}
