namespace Benchmarks.Torch;

/// <summary>Says what a loss attribute means in libtorch; found like an <see cref="ITorchLayer{TAttribute}"/>.</summary>
internal interface ITorchLoss<TAttribute> : ITorchLoss
    where TAttribute : LayerAttribute;
