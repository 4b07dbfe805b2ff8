namespace ModelDsl.Generator.Emission;

/// <summary>What a program is for.</summary>
internal enum ProgramKind
{
    /// <summary>Forward pass, loss and backward pass of a batch.</summary>
    Training,

    /// <summary>Forward pass and losses of a batch, and the sum of the samples' clipped gradients.</summary>
    Clipping,

    /// <summary>Forward pass of a batch.</summary>
    Inference,

    /// <summary>The loss of what a forward pass has left.</summary>
    Evaluation,

    /// <summary>Forward pass of one token of one sequence.</summary>
    Step,
}
