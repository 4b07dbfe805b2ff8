namespace ModelDsl.Kernels;

/// <summary>What one kind of recurrent layer does on the way back.</summary>
internal unsafe interface IRecurrentBackward
{
    /// <summary>The number of rows of the recurrent weight for each unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Whether a step's output reaches the next one also without the recurrent weight.</summary>
    static abstract bool HasDirectPath { get; }

    /// <summary>The gradients of the recurrent products: [batch, steps, gates·units].</summary>
    float* ProductGradient { get; }

    /// <summary>
    /// Makes the gradients of a sample's gates at one step. Where there is a direct path, its part of the gradient of the output
    /// before stays in <paramref name="carry"/>.
    /// </summary>
    /// <param name="carry">The gradient of the output that comes from the step after; undefined at the step that is read last.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    void Differentiate<TVector>(float* carry, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;
}
