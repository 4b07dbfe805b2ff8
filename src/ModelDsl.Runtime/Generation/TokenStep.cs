namespace ModelDsl.CompilerServices;

/// <summary>The compiled forward pass of one token of one sequence.</summary>
/// <param name="token">The token, as a float.</param>
/// <param name="arena">What the layers keep of the tokens before, and behind it the working memory.</param>
/// <param name="position">The number of tokens before.</param>
/// <returns>The logits of the next token, within the arena.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate FloatSpan TokenStep(FloatSpan token, FloatSpan arena, int position);
