namespace ModelDsl;

/// <summary>x·sigmoid(x), element by element; also known as Swish. Elfwing et al. (2017).</summary>
public sealed class SiluAttribute : LayerAttribute;
